package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @Test
    void readsTheNamesOfTheStandard() {
        assertThat(TilePath.parse("0/x001/x234/067")).contains(new TilePath(0, 1_234_067, 256));
        assertThat(TilePath.parse("2/000.p/17")).contains(new TilePath(2, 0, 17));
        assertThat(TilePath.parse("entries/x001/002.p/1")).contains(new TilePath(TilePath.ENTRIES, 1_002, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0/1",
                "0/0001",
                "64/000",
                "00/000",
                "0/x000/001",
                "0/001.p/256",
                "0/001.p/0",
                "0/001.p/01",
                "-1/000",
                "0/x001/x02/003",
                "0/001.p/",
                "entries/../0/001",
                "0/001/",
                "data/001",
                "0/001.p/999"
            })
    void takesNoOtherName(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }
}
