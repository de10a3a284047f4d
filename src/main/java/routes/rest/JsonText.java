package routes.rest;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * A body that means the same to everybody who reads it: one JSON value, each field once, and no half characters.
 * A lenient reader would take the last of two fields, skip what follows, or store a question mark.
 */
final class JsonText {

    private static final JsonFactory STRICT = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private JsonText() {
    }

    /** @throws MalformedJsonException with what is wrong, in words for the client */
    static void check(String text) throws MalformedJsonException {
        try (JsonParser parser = STRICT.createParser(text)) {
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.getParsingContext().inRoot() && ++values > 1) {
                    throw new MalformedJsonException("has more than one JSON value");
                }
                if ((token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) && hasHalfCharacter(parser.getText())) {
                    throw new MalformedJsonException("has half of a surrogate pair" + near(parser.currentLocation()));
                }
            }
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException("is nested too deeply, or has a number or a name that is too long" + near(e.getLocation()));
        } catch (JsonProcessingException e) {
            boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
            throw new MalformedJsonException((twice ? "has a field twice" : "is not JSON") + near(e.getLocation()));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can always be read", e);
        }
    }

    private static boolean hasHalfCharacter(String text) {
        return text.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    private static String near(JsonLocation place) {
        return place == null ? "" : ", near line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    static final class MalformedJsonException extends Exception {

        MalformedJsonException(String problem) {
            super(problem);
        }
    }
}
