using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Web.Playground;

/// <summary>
/// Takes posts from the playground's own pages only. Browsers say where a post comes from, and a page cannot change what they say; whoever
/// says nothing is refused too. There is no session to steal, so a token would add nothing.
/// </summary>
public static partial class RefuseCrossSite
{
    private const string SiteHeader = "Sec-Fetch-Site";

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var request = call.HttpContext.Request;
        var isOurs = request.Headers[SiteHeader].ToString() is { Length: > 0 } site
            ? site == "same-origin"
            : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
                && origin.Scheme == request.Scheme && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        if (isOurs)
        {
            return await next(call);
        }

        Refused(call.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefuseCrossSite)), request.Path);
        return Plain.Page(StatusCodes.Status403Forbidden, "Not from here", "This came from another site, so nothing was done.");
    }

    [LoggerMessage(LogLevel.Warning, "Refused a post to {Path} that did not come from the playground's own page")]
    private static partial void Refused(ILogger log, string path);
}
