using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Web.Links;

/// <summary>What every answer behind a link carries, and where its posts may come from.</summary>
public static class LinkHeaders
{
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private const string SiteHeader = "Sec-Fetch-Site";

    public static ValueTask<object?> AddAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var headers = call.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex";

        // The address is the permission, so no other site may learn it. Not "no-referrer": a browser then hides the origin of form posts too.
        headers["Referrer-Policy"] = "same-origin";
        return next(call);
    }

    /// <summary>Browsers say where a post comes from, and a page cannot change what they say; whoever says nothing is refused too.</summary>
    public static async ValueTask<object?> RefuseOtherSitesAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        var isOurs = request.Headers[SiteHeader].ToString() is { Length: > 0 } site ? site == "same-origin" : IsOurs(request);
        return isOurs ? await next(call) : Gone.Page(StatusCodes.Status403Forbidden, "Not from here", "This came from another site, so nothing was done.");
    }

    private static bool IsOurs(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
        && (IsSame(origin, new Uri($"{request.Scheme}://{request.Host.Value}"))
            || IsSame(origin, request.HttpContext.RequestServices.GetRequiredService<PublicAddress>().Url));

    private static bool IsSame(Uri origin, Uri ours) => Uri.Compare(origin, ours, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
