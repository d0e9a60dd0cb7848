package dev.outrider.simulator;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Which objects of a listing are asked for. */
record Selection(Listing listing, Question question) {
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern SECONDS = Pattern.compile("\\d{10}");

    /** Whether the vendor takes the question at all. */
    boolean sound() {
        return listing.required().stream().allMatch(name -> question.parameter(name) != null)
                && (listing.only() == null
                        || listing.only().entrySet().stream()
                                .allMatch(known -> known.getValue().contains(question.parameter(known.getKey()))));
    }

    List<Objects.Made> of(List<Objects.Made> all) {
        return all.stream().filter(this::matches).toList();
    }

    private boolean matches(Objects.Made made) {
        return changed(made) && found(made) && chosen(made);
    }

    private boolean changed(Objects.Made made) {
        var asked = question.parameter(listing.filter());
        if (asked == null) {
            return true;
        }
        var time = ISO.matcher(asked);
        if (time.find()) {
            var from = Instant.parse(time.group());
            return made.at().isAfter(from) || asked.contains(">=") && made.at().equals(from);
        }
        return !SECONDS.matcher(asked).matches() || made.at().getEpochSecond() >= Long.parseLong(asked);
    }

    private boolean found(Objects.Made made) {
        if (listing.find() == null) {
            return true;
        }
        var asked = question.parameter(listing.filter());
        int at = listing.find().indexOf("${id}");
        return asked == null
                || !asked.startsWith(listing.find().substring(0, at))
                || asked.equals(listing.find().replace("${id}", made.id()));
    }

    private boolean chosen(Objects.Made made) {
        for (var choice : listing.where().entrySet()) {
            var field = choice.getValue().get(question.parameter(choice.getKey()));
            if (field != null && !made.json().path(field).asBoolean()) {
                return false;
            }
        }
        return listing.only() == null
                || listing.only().keySet().stream()
                        .allMatch(field -> made.json().path(field).asText().equals(question.parameter(field)));
    }
}
