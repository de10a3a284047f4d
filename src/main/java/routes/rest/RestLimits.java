package routes.rest;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What requests may cost.
 *
 * @param maxBody      the largest body
 * @param bodyTimeout  how long a client may take to send it
 * @param routeThreads how many requests run their routes at the same time on their own threads
 * @param patience     how long a request waits for its turn on its own thread before it goes through the pool
 * @param inOrder      whether it gets its turn before those that come later; on threads of the system, where each then
 *                     hands over to the next, that costs more than it gains
 */
@ConfigurationProperties("ekko.rest")
record RestLimits(DataSize maxBody, Duration bodyTimeout, int routeThreads, Duration patience, boolean inOrder) {
}
