package dev.drawbridge.notification;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What every notice says of the request it is about. */
@Component
class Subject {
    private final AccessRequests requests;
    private final Waiting waiting;
    private final People people;
    private final BusinessCalendar calendar;

    Subject(AccessRequests requests, Waiting waiting, People people, BusinessCalendar calendar) {
        this.requests = requests;
        this.waiting = waiting;
        this.people = people;
        this.calendar = calendar;
    }

    AccessRequest request(UUID id) {
        return requests.find(id).orElseThrow();
    }

    /** {@code Your answer is needed: Orders, change data for Erin Engineer}. */
    String line(String what, AccessRequest request) {
        return what + ": " + waiting.of(request).entitlementName() + " for " + people.nameOf(request.requester());
    }

    /** Who asks for what and why, then what this notice has to say, then until when: on the reader's own clock. */
    List<String> told(AccessRequest request, String news, People.Person reader) {
        Waiting.Around around = waiting.of(request);
        List<String> lines = new ArrayList<>(List.of(
                people.nameOf(request.requester()) + " asks for " + around.entitlementName() + " for "
                        + BusinessCalendar.spoken(around.duration()) + ".",
                "“" + request.justification() + "”",
                news));
        if (around.open() != null) {
            lines.add("It times out at " + calendar.spoken(around.open().deadlineAt(), reader.groups()) + ".");
        }
        return lines;
    }
}
