package dev.outrider.simulator;

/** Something that a simulated vendor answers at a path. */
interface Place {
    /** Whether what it answers can be wrong in this way. */
    boolean possible(Fault fault);

    /** @param wrong what is wrong with the answer, which is possible here; null for nothing */
    Reply answer(Fault wrong);

    /** One whose answers know only what may go wrong anywhere. */
    static Place of(Reply reply) {
        return new Place() {
            @Override
            public boolean possible(Fault fault) {
                return fault.anywhere();
            }

            @Override
            public Reply answer(Fault wrong) {
                return reply;
            }
        };
    }
}
