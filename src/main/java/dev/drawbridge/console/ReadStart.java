package dev.drawbridge.console;

import dev.drawbridge.approval.Boards;
import dev.drawbridge.deputies.Approvers;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.RequestViews;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Reads what the start page shows, by the same few statements however much it is. */
@Component
class ReadStart {
    private final OwnRequests own;
    private final DeputyForm deputies;
    private final Boards boards;
    private final Approvers approvers;
    private final Directory people;

    ReadStart(OwnRequests own, DeputyForm deputies, Boards boards, Approvers approvers, Directory people) {
        this.own = own;
        this.deputies = deputies;
        this.boards = boards;
        this.approvers = approvers;
        this.people = people;
    }

    /** What was read for a person, before it has words. */
    record Read(Directory.Person me, RequestViews.Own own, List<Deputies.Deputy> appointed, Boards.Looked looked) {}

    Read of(SignIn caller) {
        RequestViews.Own mine = own.read(caller.person());
        List<Deputies.Deputy> appointed = deputies.read(caller.person());
        Boards.Board board = boards.around(caller.person(), caller.groups(), WantedAnswers.LOOKED_AT, mine.instances());
        foresee(caller, mine, appointed, board);
        return new Read(people.find(caller.person()).orElseThrow(), mine, appointed, board.look(mine.ids()));
    }

    /** Everybody whom the page may name, and whoever may have a say in it, by one statement. */
    private void foresee(SignIn caller, RequestViews.Own read, List<Deputies.Deputy> appointed, Boards.Board board) {
        Set<String> groups = new TreeSet<>(caller.groups());
        groups.addAll(board.groups());
        Set<String> persons = new TreeSet<>(read.people());
        persons.add(caller.person());
        persons.addAll(board.people());
        appointed.forEach(one -> persons.addAll(List.of(one.person(), one.deputy())));
        if (!appointed.isEmpty() || approvers.areAsked(caller.groups())) {
            groups.addAll(deputies.circles());
            persons.addAll(deputies.named());
        }
        people.foresee(groups, persons);
    }

    /** By name, in alphabetical order. */
    List<String> groupsOf(Directory.Person person) {
        return people.namesOfGroups(person.groups()).values().stream().sorted().toList();
    }
}
