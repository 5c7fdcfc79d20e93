package io.sallyport.keys;

/** What became of a change that can take rights away. */
public enum Changed {
    /** It is done and on disk. */
    DONE,
    /** There is nothing of that name; nothing changed. */
    ABSENT,
    /**
     * No administrator would be left who can log in with a key; nothing changed. Whoever is let in by break-glass is
     * not counted as one: their time runs out.
     */
    LAST_ADMINISTRATOR
}
