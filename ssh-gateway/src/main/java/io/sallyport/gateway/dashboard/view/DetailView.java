package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.handlers.Plain;
import java.time.Instant;
import java.util.List;

/** All members of one document. */
final class DetailView implements View {
    private final String title;
    private final List<String> lines;
    private int top;
    private int page = 1;

    DetailView(String title, JsonNode document) {
        this.title = title;
        this.lines = Plain.document(document).lines().toList();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public void draw(Area area, Instant now) {
        page = Math.max(1, area.height());
        top = Math.clamp(top, 0, Math.max(0, lines.size() - page));
        for (int i = 0; i < Math.min(page, lines.size() - top); i++) {
            area.fit(1, i, area.width() - 1, lines.get(top + i), Tone.PLAIN);
        }
    }

    @Override
    public Step key(Key key) {
        switch (key.name()) {
            case UP -> top--;
            case DOWN -> top++;
            case PAGE_UP -> top -= page;
            case PAGE_DOWN -> top += page;
            default -> {
                return new Step.Unknown();
            }
        }
        return new Step.Stay();
    }

    @Override
    public List<Hint> hints() {
        return List.of();
    }
}
