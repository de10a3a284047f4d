package routes.security;

/** The application cannot tell good tokens from bad ones, and so must not start. */
class TokenSettingsException extends RuntimeException {

    TokenSettingsException(String message) {
        super(message);
    }
}
