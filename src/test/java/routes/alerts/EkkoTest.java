package routes.alerts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import routes.EkkoApplication;
import routes.devservices.TestServices;

/** A test of the whole application, on a port of its own, with a real PostgreSQL and a real NATS server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = EkkoApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestServices.class, Ekko.class})
public @interface EkkoTest {
}
