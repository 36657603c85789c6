package dev.drawbridge.notification;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.catalog.WallClocks;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.InWords;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What every notice says about its request. */
@Component
class Subject {
    private final AccessRequests requests;
    private final Waiting waiting;
    private final Directory people;
    private final WallClocks clocks;

    Subject(AccessRequests requests, Waiting waiting, Directory people, WallClocks clocks) {
        this.requests = requests;
        this.waiting = waiting;
        this.people = people;
        this.clocks = clocks;
    }

    AccessRequest request(UUID id) {
        return requests.find(id).orElseThrow();
    }

    /** Who asked; nobody if that account is gone, even if another has its id now. */
    List<String> requester(AccessRequest request) {
        return requests.isOfAnEarlierAccount(request.id()) ? List.of() : List.of(request.requester());
    }

    /** {@code Your answer is needed: Orders, change data for Erin Engineer}. */
    String line(String what, AccessRequest request) {
        return what + ": " + waiting.title(request) + " for " + people.nameOf(request.requester());
    }

    /** Who asks for what and why, then what this notice has to say, then until when: on each reader's own clock. */
    Function<Directory.Person, List<String>> told(AccessRequest request, String news) {
        Waiting.Gist gist = waiting.gist(request);
        String asks = people.nameOf(request.requester()) + " asks for " + gist.entitlementName() + " for "
                + InWords.length(gist.duration()) + (request.extending() == null ? "." : " more.");
        return reader -> Stream.concat(
                        Stream.of(asks, PlainText.quoted(request.justification()), news),
                        gist.deadlineAt().stream()
                                .map(deadline ->
                                        "It times out on " + clock(reader).moment(deadline) + "."))
                .toList();
    }

    /** On which a person reads the times of a notice. */
    WallClock clock(Directory.Person reader) {
        return clocks.of(reader.id(), reader.groups());
    }

    /** Not the task itself: with each answer the engine makes another one. */
    static String task(AccessRequest request) {
        return "/requests/" + request.id() + "/task";
    }
}
