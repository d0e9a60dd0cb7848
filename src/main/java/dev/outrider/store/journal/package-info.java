/** A queue in files: entries that are durable when they are appended, read in their order, freed from the front. It knows nothing of what they mean. */
package dev.outrider.store.journal;
