package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
    /** The key and the note that the documentation of Go's own implementation shows. */
    private static final String GO_KEY =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String GO_TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";
    private static final String GO_SIGNATURE =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    @Test
    void signsAndReadsAsGoDoes() {
        SignerKey key = SignerKey.parse(GO_KEY);

        assertThat(key.verifier()).hasToString(GO_VERIFIER).isEqualTo(VerifierKey.parse(GO_VERIFIER));
        assertThat(key.sign(GO_TEXT)).isEqualTo(GO_SIGNATURE);
        assertThat(Note.parse(GO_TEXT + "\n" + GO_SIGNATURE).isSignedBy(key.verifier()))
                .isTrue();
    }

    @Test
    void isNotSignedOnceAnythingIsOtherwise() {
        VerifierKey key = VerifierKey.parse(GO_VERIFIER);
        String note = GO_TEXT + "\n" + GO_SIGNATURE;

        assertThat(Note.parse(note.replace("answer", "Answer")).isSignedBy(key)).isFalse();
        assertThat(Note.parse(note.replace("ZJkuBS9", "ZJkuBS8")).isSignedBy(key))
                .isFalse();
        assertThat(Note.parse(note)
                        .isSignedBy(
                                SignerKey.make("PeterNeumann", VerifierKey.LOG).verifier()))
                .isFalse();
        assertThat(Note.parse(GO_TEXT + "\n— Somebody else\n").isSignedBy(key)).isFalse();
    }

    @Test
    void keepsASignatureAndACosignatureApart() {
        SignerKey log = SignerKey.make("drawbridge.example/audit", VerifierKey.LOG);
        SignerKey witness = SignerKey.make("auditor.example", VerifierKey.WITNESS);
        Note note = new Checkpoint("drawbridge.example/audit", 0, Hashing.ofNothing()).signed(List.of(log));
        Note both = Note.parse(note.with(witness.cosign(note.text(), Instant.ofEpochSecond(1_700_000_000)))
                .toString());

        assertThat(both.isSignedBy(log.verifier())).isTrue();
        assertThat(both.cosignedBy(witness.verifier())).hasValue(1_700_000_000);
        assertThat(both.isSignedBy(witness.verifier())).isFalse();
        assertThat(both.cosignedBy(log.verifier())).isEmpty();
        assertThat(note.cosignedBy(witness.verifier())).isEmpty();
    }

    @Test
    void readsBackWhatItWritesAndNothingElse() {
        SignerKey key = SignerKey.make("here", VerifierKey.WITNESS);
        assertThat(SignerKey.parse(key.written()).verifier()).isEqualTo(key.verifier());
        assertThat(key.toString()).doesNotContain("PRIVATE");
        Checkpoint checkpoint = new Checkpoint("here", 17, Hashing.leaf(new byte[0]));
        assertThat(Checkpoint.parse(checkpoint.text()).text()).isEqualTo(checkpoint.text());

        for (String wrong : List.of("", "a", "a\n\n", "\n\n— x AAAA\n", "a\n\nno dash\n", "here\n017\nAAAA\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(Note.parse(wrong).text()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String wrong : List.of("", "a+b+c", GO_VERIFIER.replace("c74f20a3", "c74f20a4"), GO_VERIFIER + "A")) {
            assertThatThrownBy(() -> VerifierKey.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SignerKey.parse(GO_KEY.substring(0, 60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AYEK");
    }
}
