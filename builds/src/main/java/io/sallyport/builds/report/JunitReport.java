package io.sallyport.builds.report;

import io.sallyport.builds.TestCounts;
import java.io.FilterInputStream;
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

    /** The most bytes of one value: the parser has it in memory as a whole. */
    static final int LONGEST_VALUE = 4 << 20;

    /** So that they can be told as a number, whatever the reports say. */
    private static final double MOST_SECONDS = 1e9;

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
            Pieces pieces = new Pieces(file);
            XMLStreamReader xml = factory.createXMLStreamReader(pieces);
            try {
                read(xml, pieces);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof Pieces.TooLong) {
                throw new MalformedReportException("it has a value of more than " + LONGEST_VALUE + " bytes");
            }
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

    private void read(XMLStreamReader xml, Pieces pieces) throws XMLStreamException, MalformedReportException {
        int depth = 0;
        boolean suites = false;
        while (xml.hasNext()) {
            int event = xml.next();
            pieces.begin();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                suites |= xml.getLocalName().startsWith("testsuite");
                if (depth > DEEPEST) {
                    throw new MalformedReportException("it is nested more than " + DEEPEST + " deep");
                }
                if (xml.getLocalName().equals("testcase")) {
                    total++;
                    seconds = Math.min(MOST_SECONDS, seconds + time(xml));
                    result(xml, pieces);
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
    private void result(XMLStreamReader xml, Pieces pieces) throws XMLStreamException, MalformedReportException {
        int depth = 1;
        boolean said = false;
        while (depth > 0 && xml.hasNext()) {
            int event = xml.next();
            pieces.begin();
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

    /** A file that is read piece by piece, none of which may be too long. */
    private static final class Pieces extends FilterInputStream {
        private int length;

        Pieces(InputStream file) {
            super(file);
        }

        static final class TooLong extends IOException {
            private static final long serialVersionUID = 1L;
        }

        /** All that was read before is done with. */
        void begin() {
            length = 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            if (length > LONGEST_VALUE) {
                throw new TooLong();
            }
            int read = in.read(into, offset, most);
            length += Math.max(0, read);
            return read;
        }
    }
}
