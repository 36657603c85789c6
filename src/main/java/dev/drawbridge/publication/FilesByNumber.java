package dev.drawbridge.publication;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** The files of any publication, in force or not, for whoever looks back or tries them out. */
@Component
public class FilesByNumber {
    private final NumberedPublications publications;

    FilesByNumber(NumberedPublications publications) {
        this.publications = publications;
    }

    /** None where there is no such publication. */
    public Optional<PublishedFiles> find(long number) {
        return publications.find(number).map(one -> publications.files(number));
    }
}
