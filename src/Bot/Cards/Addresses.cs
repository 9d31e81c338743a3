namespace Bot.Cards;

/// <summary>Which addresses a card may lead to.</summary>
public static class Addresses
{
    /// <summary>An absolute http or https address; null for anything else.</summary>
    public static string? Absolute(string? url) =>
        Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri.AbsoluteUri : null;

    /// <summary>As <see cref="Absolute"/>, or a path on this site: one slash, no host, no backslash that a browser would read as a slash.</summary>
    public static string? AbsoluteOrHere(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.AsSpan().ContainsAny("\\\r\n\t") ? url : Absolute(url);

    /// <summary>As <see cref="AbsoluteOrHere"/>, or a picture written out in the address.</summary>
    public static string? Picture(string? url) => url?.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) == true ? url : AbsoluteOrHere(url);
}
