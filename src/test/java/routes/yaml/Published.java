package routes.yaml;

/** A message that a stream holds. */
record Published(String subject, String stream, long sequence, byte[] body) {

    @Override
    public String toString() {
        return "%s (%s %d)".formatted(subject, stream, sequence);
    }
}
