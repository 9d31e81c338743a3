using Microsoft.AspNetCore.Http;

namespace Bot.Web.Playground;

/// <summary>What every answer of the playground carries: nothing but this site's own scripts and styles may run, and nobody may frame it.</summary>
public static class PageHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static ValueTask<object?> AddAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var headers = call.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // Not "no-referrer": a browser then hides the origin of form posts too.
        headers["Referrer-Policy"] = "same-origin";
        return next(call);
    }
}
