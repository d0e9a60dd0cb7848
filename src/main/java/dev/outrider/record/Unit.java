package dev.outrider.record;

/**
 * What is collected once: a sweep, a file, a delivery. Its id is part of every record's id, so that what is sent again after a crash is
 * the same record.
 */
public final class Unit {
    private final String id;
    private final String name;
    private final IdSet emitted;
    private final DefinitionMemo definitions = new DefinitionMemo();

    /**
     * @param id stable over crash and resume
     * @param name for people: a file's name, a stream
     * @param emitted the ids that earlier pages of this unit emitted, restored from the store on resume
     */
    public Unit(String id, String name, IdSet emitted) {
        this.id = id;
        this.name = name;
        this.emitted = emitted;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public IdSet emitted() {
        return emitted;
    }

    /** The definitions emitted by this process: a shortcut before {@link #emitted()}, never instead of it. */
    public DefinitionMemo definitions() {
        return definitions;
    }
}
