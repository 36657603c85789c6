package dev.drawbridge.guardrails;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a compiled class refers to, from its constant pool: nothing that it could run is anywhere else. Read by hand,
 * since it is short, and since what is not known here has to be refused.
 *
 * @param name the class itself, as in {@code java/lang/String}
 * @param types the classes that it names, arrays as what they hold
 * @param members fields and methods, as in {@code java/lang/String.length}
 */
record ClassReferences(String name, Set<String> types, Set<String> members) {
    private static final int MAGIC = 0xCAFEBABE;

    static ClassReferences of(byte[] compiled) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(compiled));
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException("This is no class.");
            }
            in.readInt(); // the version
            Object[] pool = pool(in);
            in.readUnsignedShort(); // the flags
            return references(pool, in.readUnsignedShort());
        } catch (IOException | ClassCastException | ArrayIndexOutOfBoundsException broken) {
            throw new IllegalArgumentException("This class cannot be read.", broken);
        }
    }

    /** An entry that points to others; {@code second} is unused for a class. */
    private record Pointer(int tag, int first, int second) {}

    private static Object[] pool(DataInputStream in) throws IOException {
        Object[] pool = new Object[in.readUnsignedShort()];
        for (int at = 1; at < pool.length; at++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> pool[at] = in.readUTF();
                case 3, 4 -> pool[at] = in.readInt();
                case 5, 6 -> {
                    // A long or a double takes two places.
                    pool[at] = in.readLong();
                    at++;
                }
                case 7, 8, 16 -> pool[at] = new Pointer(tag, in.readUnsignedShort(), 0);
                // Members and their names; what is called in other ways (15, 18) leads to a member as well.
                case 9, 10, 11, 12, 18 -> pool[at] = new Pointer(tag, in.readUnsignedShort(), in.readUnsignedShort());
                case 15 -> pool[at] = new Pointer(tag, in.readUnsignedByte(), in.readUnsignedShort());
                default -> throw new IOException("A constant of the kind " + tag);
            }
        }
        return pool;
    }

    private static ClassReferences references(Object[] pool, int self) {
        Set<String> types = new HashSet<>();
        Set<String> members = new HashSet<>();
        for (Object entry : pool) {
            if (entry instanceof Pointer pointer && pointer.tag() == 7) {
                types.add(element(text(pool, pointer.first())));
            } else if (entry instanceof Pointer pointer && pointer.tag() >= 9 && pointer.tag() <= 11) {
                Pointer nameAndType = (Pointer) pool[pointer.second()];
                members.add(element(typeAt(pool, pointer.first())) + "." + text(pool, nameAndType.first()));
            }
        }
        return new ClassReferences(typeAt(pool, self), Set.copyOf(types), Set.copyOf(members));
    }

    private static String typeAt(Object[] pool, int at) {
        return text(pool, ((Pointer) pool[at]).first());
    }

    private static String text(Object[] pool, int at) {
        return (String) pool[at];
    }

    /** {@code [Ljava/lang/String;} holds {@code java/lang/String}; an array of numbers holds nothing to name. */
    private static String element(String type) {
        String held = type.replaceFirst("^\\[+", "");
        if (held.equals(type)) {
            return type;
        }
        return held.startsWith("L") ? held.substring(1, held.length() - 1) : "java/lang/Object";
    }
}
