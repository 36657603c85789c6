package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes redirects to this server relative, whichever code writes them. Redirects elsewhere stay as they are. */
class LeadsBackHere extends HttpServletResponseWrapper {
    private static final String LOCATION = "Location";
    private static final Pattern ABSOLUTE =
            Pattern.compile("https?://(\\[[^\\]]*]|[^/:?#]*)(:[0-9]*)?(?<place>[/?#].*)?");

    private final HttpServletRequest request;

    LeadsBackHere(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        super.sendRedirect(String.valueOf(place(location)));
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, name.equalsIgnoreCase(LOCATION) ? place(value) : value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(name, name.equalsIgnoreCase(LOCATION) ? place(value) : value);
    }

    private @Nullable String place(@Nullable String location) {
        if (location == null) {
            return null;
        }
        Matcher absolute = ABSOLUTE.matcher(location);
        if (!absolute.matches()
                || !absolute.group(1)
                        .toLowerCase(Locale.ROOT)
                        .equals(request.getServerName().toLowerCase(Locale.ROOT))) {
            return location;
        }
        String place = absolute.group("place");
        return place == null ? "/" : place.startsWith("/") ? place : "/" + place;
    }
}
