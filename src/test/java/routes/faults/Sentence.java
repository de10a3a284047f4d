package routes.faults;

/**
 * What a client asks for, and what has to become of it.
 *
 * @param text   the sentence
 * @param status the final state of an alert with this sentence
 */
record Sentence(String text, String status) {

    static Sentence number(int number) {
        return switch (number % 10) {
            case 3 -> new Sentence("Tell me when my balance drops below 0." + (number + 1), "needs_clarification");
            case 7 -> new Sentence("what's the weather in Paris tomorrow", "rejected");
            default -> new Sentence("Alert me when my AVAX balance goes above " + (number + 1), "active");
        };
    }

    /** What some clients change their mind to. */
    static Sentence other() {
        return new Sentence("Alert me when ETH gas is below 50 gwei", "active");
    }
}
