package routes.nats;

/** A consumer whose fetch loop can rest while its messages stay where they are: in hand, and on the server. */
public interface PausableConsumer {

    void pauseFetching();

    void resumeFetching();

    boolean isFetchingPaused();
}
