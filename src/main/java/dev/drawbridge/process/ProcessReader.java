package dev.drawbridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Locator2;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a process file, once, into the tree that both the inspection and the engine go by: two readers of one text could
 * differ. It holds the file against BPMN's schema as the engine would, but fetches nothing that the file points to, and
 * what is nested deeper than any process never becomes a tree that something could lose its stack over.
 */
final class ProcessReader extends DefaultHandler {
    private static final int DEEPEST = 50;
    private static final int MOST = 2_500;
    private static final Schema BPMN = bpmn();

    /** What the file says, and the first thing about it that is not BPMN. */
    record Read(Element root, @Nullable SAXParseException fault) {}

    private final String file;
    private final Deque<Element> open = new ArrayDeque<>();
    private final List<SAXParseException> faults = new ArrayList<>();
    private @Nullable Element root;
    private @Nullable Locator2 at;
    private int elements;

    private ProcessReader(String file) {
        this.file = file;
    }

    private static Schema bpmn() {
        URL schema = BpmnParser.class.getClassLoader().getResource(BpmnParser.BPMN_20_SCHEMA_LOCATION);
        try {
            return SchemaFactory.newDefaultInstance().newSchema(Objects.requireNonNull(schema));
        } catch (SAXException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Read read(String file, InputStream content) {
        ProcessReader reader = new ProcessReader(file);
        try {
            parsers().newSAXParser().parse(content, reader);
        } catch (SAXParseException malformed) {
            throw NotPublished.at(
                    file, malformed.getLineNumber(), null, "this is no well-formed XML: " + said(malformed));
        } catch (SAXException | ParserConfigurationException | IOException unreadable) {
            throw NotPublished.at(file, 1, null, "this cannot be read as XML");
        }
        return new Read(
                Objects.requireNonNull(reader.root),
                reader.faults.stream().findFirst().orElse(null));
    }

    private static SAXParserFactory parsers() throws ParserConfigurationException, SAXException {
        SAXParserFactory parsers = SAXParserFactory.newDefaultInstance();
        parsers.setNamespaceAware(true);
        // A prepared schema: the parser then ignores xsi:schemaLocation.
        parsers.setSchema(BPMN);
        parsers.setXIncludeAware(false);
        parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        parsers.setFeature("http://xml.org/sax/features/external-general-entities", false);
        parsers.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        // The engine resolves names by the prefixes that it finds among the attributes.
        parsers.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
        return parsers;
    }

    /** The parser's sentence, which may quote the file. */
    static String said(SAXParseException fault) {
        return NotPublished.shown(String.valueOf(fault.getMessage())).replaceAll("[.\\s]+$", "");
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        at = (Locator2) locator;
    }

    private int line() {
        return at == null ? 1 : at.getLineNumber();
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        if (at != null && !"UTF-8".equalsIgnoreCase(at.getEncoding())) {
            throw NotPublished.at(file, line(), null, "the file is not written in UTF-8");
        }
        if (open.size() >= DEEPEST) {
            throw NotPublished.at(file, line(), null, "elements are nested more than " + DEEPEST + " deep");
        }
        if (++elements > MOST) {
            throw NotPublished.at(file, line(), null, "the file has more than " + MOST + " elements");
        }
        Element element = new Element(uri, localName, qName, attributes, at);
        if (open.isEmpty()) {
            root = element;
        } else {
            open.element().add(element);
        }
        open.push(element);
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        open.pop();
    }

    @Override
    public void characters(char[] text, int start, int length) {
        open.element().appendText(String.valueOf(text, start, length));
    }

    @Override
    public void processingInstruction(String target, @Nullable String data) {
        throw NotPublished.at(file, line(), null, "processes hold no processing instructions");
    }

    @Override
    public void error(SAXParseException fault) {
        faults.add(fault);
    }

    @Override
    public void fatalError(SAXParseException fault) throws SAXParseException {
        throw fault;
    }
}
