using Bot.Web.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bot.Web.Front;

/// <summary>The page at the root: what runs here, and where.</summary>
public static class FrontEndpoint
{
    public static IEndpointConventionBuilder MapFront(this IEndpointRouteBuilder routes, bool hasPlayground) => routes
        .MapGet("/", () => new RazorComponentResult<FrontPage>(new { HasPlayground = hasPlayground }) { PreventStreamingRendering = true })
        .AddEndpointFilter(LinkHeaders.AddAsync);
}
