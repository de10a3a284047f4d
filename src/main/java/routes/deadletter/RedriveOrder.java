package routes.deadletter;

/**
 * What an operator asks for.
 *
 * @param filter     which dead letters
 * @param dryRun     only say what would be done
 * @param limit      how many at most
 * @param ratePerSecond how many a second at most
 * @param maxRedrives letters redriven so often before are refused
 */
public record RedriveOrder(DeadLetterFilter filter, boolean dryRun, int limit, int ratePerSecond, int maxRedrives) {
}
