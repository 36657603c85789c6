package dev.drawbridge.publication;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line, as people read it: {@code -} was there, {@code +} is new. */
final class LineDifference {
    private static final int AROUND = 3;
    /** Of pairs of lines that are compared: beyond it, what differs is told as a whole. */
    private static final long MOST = 4_000_000;

    private final List<String> then;
    private final List<String> now;
    private final List<Line> lines = new ArrayList<>();

    /** A line of either text, {@code sign} saying of which. */
    private record Line(char sign, String text, int then, int now) {}

    private LineDifference(String then, String now) {
        this.then = then.isEmpty() ? List.of() : then.lines().toList();
        this.now = now.isEmpty() ? List.of() : now.lines().toList();
    }

    /** In the format of {@code diff -u}, without the names of the files; empty where nothing differs. */
    static String of(String then, String now) {
        LineDifference difference = new LineDifference(then, now);
        difference.compare();
        return difference.written();
    }

    private void compare() {
        int from = 0;
        int most = Math.min(then.size(), now.size());
        while (from < most && then.get(from).equals(now.get(from))) {
            same(from, from);
            from++;
        }
        int tail = 0;
        while (tail < most - from && then.get(then.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        middle(from, then.size() - tail, now.size() - tail);
        for (int back = tail; back > 0; back--) {
            same(then.size() - back, now.size() - back);
        }
    }

    private void middle(int from, int thenEnd, int nowEnd) {
        int rows = thenEnd - from;
        int columns = nowEnd - from;
        int[][] common = (long) rows * columns > MOST ? null : common(from, rows, columns);
        int row = 0;
        int column = 0;
        while (row < rows || column < columns) {
            if (common != null
                    && row < rows
                    && column < columns
                    && then.get(from + row).equals(now.get(from + column))) {
                same(from + row++, from + column++);
            } else if (column == columns
                    || row < rows && (common == null || common[row + 1][column] >= common[row][column + 1])) {
                lines.add(new Line('-', then.get(from + row), from + row, from + column));
                row++;
            } else {
                lines.add(new Line('+', now.get(from + column), from + row, from + column));
                column++;
            }
        }
    }

    /** How many lines the rests have in common, from each pair of places on. */
    private int[][] common(int from, int rows, int columns) {
        int[][] common = new int[rows + 1][columns + 1];
        for (int row = rows - 1; row >= 0; row--) {
            for (int column = columns - 1; column >= 0; column--) {
                common[row][column] = then.get(from + row).equals(now.get(from + column))
                        ? common[row + 1][column + 1] + 1
                        : Math.max(common[row + 1][column], common[row][column + 1]);
            }
        }
        return common;
    }

    private void same(int atThen, int atNow) {
        lines.add(new Line(' ', then.get(atThen), atThen, atNow));
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (next < lines.size()) {
            int first = next;
            while (first < lines.size() && lines.get(first).sign() == ' ') {
                first++;
            }
            if (first == lines.size()) {
                break;
            }
            int begin = Math.max(next, first - AROUND);
            int end = first;
            int quiet = 0;
            while (end < lines.size() && quiet <= 2 * AROUND) {
                quiet = lines.get(end++).sign() == ' ' ? quiet + 1 : 0;
            }
            end -= Math.max(0, quiet - AROUND);
            write(text, lines.subList(begin, end));
            next = end;
        }
        return text.toString();
    }

    private static void write(StringBuilder text, List<Line> part) {
        Line first = part.get(0);
        long thenCount = part.stream().filter(line -> line.sign() != '+').count();
        long nowCount = part.stream().filter(line -> line.sign() != '-').count();
        text.append("@@ -").append(place(first.then(), thenCount));
        text.append(" +").append(place(first.now(), nowCount)).append(" @@\n");
        part.forEach(line -> text.append(line.sign()).append(line.text()).append('\n'));
    }

    /** As {@code diff} does: of no lines, the place is that of the one before. */
    private static String place(int from, long count) {
        return (count == 0 ? from : from + 1) + "," + count;
    }
}
