# syntax=docker/dockerfile:1

FROM eclipse-temurin:17.0.19_10-jdk-noble AS build
WORKDIR /build
# The wrapper's Maven and the libraries stay in the builder's cache: an edit of the sources downloads nothing.
ENV MAVEN_USER_HOME=/m2
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN --mount=type=cache,target=/m2 \
    ./mvnw -B -ntp -Dmaven.repo.local=/m2/repository -Dmaven.test.skip=true package
# One folder a layer, those that change least first.
RUN java -Djarmode=tools -jar target/ekko-alerts.jar extract --layers --destination layers

FROM eclipse-temurin:17.0.19_10-jre-noble
WORKDIR /app
RUN groupadd --system --gid 10001 ekko && \
    useradd --system --uid 10001 --gid ekko --no-create-home --shell /usr/sbin/nologin ekko
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# An archive of the classes (CDS), which brings the start down by a quarter. The run that makes it finds no servers, starts all routes and ends.
RUN EKKO_SECURITY_JWT_SECRET=checks-no-token-and-ends-at-once-without-servers \
    java -XX:ArchiveClassesAtExit=ekko-alerts.jsa -Dcamel.main.duration-max-seconds=2 -jar ekko-alerts.jar
# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001:10001
EXPOSE 8080
# Most of the container's memory for the heap; an application that is out of it is restarted rather than left half alive.
ENV JAVA_TOOL_OPTIONS="-XX:SharedArchiveFile=ekko-alerts.jsa -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
# By bash, so that it works whether or not the image brings curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# No shell in between: SIGTERM has to reach the application, which then drains.
ENTRYPOINT ["java", "-jar", "ekko-alerts.jar"]
