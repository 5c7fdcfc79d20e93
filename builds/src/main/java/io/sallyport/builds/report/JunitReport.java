package io.sallyport.builds.report;

import io.sallyport.builds.TestCounts;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Test results in JUnit's XML, added up while they are read: nothing of them is kept, and nothing outside of the file is
 * looked at. For one thread.
 */
public final class JunitReport {
    private static final int DEEPEST = 100;

    private final XMLInputFactory factory;
    private long total;
    private long failed;
    private long errors;
    private long skipped;
    private double seconds;

    /** No results yet. */
    public JunitReport() {
        factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("something outside of the file is named");
        });
    }

    /** All results so far. */
    public TestCounts counts() {
        return new TestCounts(total, failed, errors, skipped, seconds);
    }

    /**
     * Adds the results of a file; what was read before a fault counts.
     *
     * @param file remains the caller's, who also bounds its bytes
     * @throws MalformedReportException when it is no such file
     * @throws IOException when it cannot be read
     */
    public void add(InputStream file) throws IOException {
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(file);
            try {
                read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException failure) {
                throw failure;
            }
            throw new MalformedReportException(place(e));
        }
    }

    private static String place(XMLStreamException e) {
        return e.getLocation() == null
                ? "it is no XML"
                : "it is no XML at line " + e.getLocation().getLineNumber();
    }

    private void read(XMLStreamReader xml) throws XMLStreamException, MalformedReportException {
        int depth = 0;
        boolean suites = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                suites |= xml.getLocalName().startsWith("testsuite");
                if (depth > DEEPEST) {
                    throw new MalformedReportException("it is nested more than " + DEEPEST + " deep");
                }
                if (xml.getLocalName().equals("testcase")) {
                    total++;
                    seconds += time(xml);
                    result(xml);
                    depth--;
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        if (!suites) {
            throw new MalformedReportException("it has no testsuite");
        }
    }

    /** To the end of a test; the first thing that is said of it counts. */
    private void result(XMLStreamReader xml) throws XMLStreamException, MalformedReportException {
        int depth = 1;
        boolean said = false;
        while (depth > 0 && xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth > DEEPEST) {
                    throw new MalformedReportException("it is nested more than " + DEEPEST + " deep");
                }
                said = said || (depth == 2 && count(xml.getLocalName()));
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private boolean count(String element) {
        Map<String, Runnable> kinds =
                Map.of("failure", () -> failed++, "error", () -> errors++, "skipped", () -> skipped++);
        Runnable kind = kinds.get(element);
        if (kind != null) {
            kind.run();
        }
        return kind != null;
    }

    private static double time(XMLStreamReader xml) {
        String text = xml.getAttributeValue(null, "time");
        try {
            double time = text == null ? 0 : Double.parseDouble(text.replace(",", ""));
            return Double.isFinite(time) && time > 0 ? time : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
