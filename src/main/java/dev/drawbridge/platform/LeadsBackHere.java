package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes redirects to this server relative, whichever code writes them. Redirects elsewhere stay as they are. */
class LeadsBackHere extends HttpServletResponseWrapper {
    private static final String LOCATION = "Location";
    private static final Pattern ABSOLUTE = Pattern.compile(
            "(?<scheme>https?)://(?<host>\\[[^\\]]*]|[^/:?#]*)(?::(?<port>[0-9]{0,5}))?(?<place>[/?#].*)?");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Set<Integer> USUAL = Set.of(HTTP, HTTPS);

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

    /** At another port of this machine somebody else may listen, such as an identity provider. */
    private boolean isHere(Matcher absolute) {
        return absolute.group("host")
                        .toLowerCase(Locale.ROOT)
                        .equals(request.getServerName().toLowerCase(Locale.ROOT))
                && (port(absolute) == request.getServerPort()
                        // A proxy that ends TLS may leave it at that.
                        || USUAL.contains(port(absolute)) && USUAL.contains(request.getServerPort()));
    }

    private static int port(Matcher absolute) {
        String port = absolute.group("port");
        return port != null && !port.isEmpty()
                ? Integer.parseInt(port)
                : absolute.group("scheme").equals("https") ? HTTPS : HTTP;
    }

    private @Nullable String place(@Nullable String location) {
        if (location == null) {
            return null;
        }
        Matcher absolute = ABSOLUTE.matcher(location);
        if (!absolute.matches() || !isHere(absolute)) {
            return location;
        }
        String place = absolute.group("place");
        return place == null ? "/" : place.startsWith("/") ? place : "/" + place;
    }
}
