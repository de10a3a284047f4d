# syntax=docker/dockerfile:1

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /build
# The wrapper's Maven and the libraries stay in the builder's cache: an edit of the sources downloads nothing.
ENV MAVEN_USER_HOME=/m2
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY bin bin
COPY deploy/jvm.options deploy/
COPY src src
RUN --mount=type=cache,target=/m2 \
    ./mvnw -B -ntp -Dmaven.repo.local=/m2/repository -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath
# One folder a layer, those that change least first.
RUN java -Djarmode=tools -jar target/ekko-alerts.jar extract --layers --destination layers

FROM eclipse-temurin:25.0.3_9-jre-noble AS application
WORKDIR /app
RUN groupadd --system --gid 10001 ekko && \
    useradd --system --uid 10001 --gid ekko --no-create-home --shell /usr/sbin/nologin ekko
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY deploy/jvm.options ./

# A run under load leaves a cache of classes and profiles for all later ones. By the JVM and the very files that will use it: no others can.
FROM application AS training
COPY --from=nats:2.12.6-alpine /usr/local/bin/nats-server /usr/local/bin/
WORKDIR /build
RUN --mount=type=cache,target=/m2 --mount=type=bind,from=build,source=/build,target=/build,rw \
    java -cp "target/test-classes:target/classes:$(cat target/classpath)" routes.production.TrainingRun /app

FROM application
COPY --from=training /app/ekko-alerts.aot /app/cache.options ./
# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001:10001
EXPOSE 8080
# Of the container's memory (768 MiB, deploy/k8s) what is left to the heap: beside it 230 MiB were measured. An application that is out of it is restarted rather than left half alive.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
# By bash, so that it works whether or not the image brings curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# No shell in between: SIGTERM has to reach the application, which then drains.
ENTRYPOINT ["java", "@jvm.options", "@cache.options", "-jar", "ekko-alerts.jar"]
