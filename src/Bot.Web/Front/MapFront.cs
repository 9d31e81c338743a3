using Bot.Web.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bot.Web.Front;

/// <summary>The page at the root: what runs here, and where.</summary>
public static class FrontEndpoint
{
    public static IEndpointConventionBuilder MapFront(this IEndpointRouteBuilder routes, IReadOnlyList<Door> doors) => routes
        .MapGet("/", () => new RazorComponentResult<FrontPage>(new { Doors = doors }) { PreventStreamingRendering = true })
        .AddEndpointFilter(LinkHeaders.AddAsync);
}

/// <summary>A page of this host that people open by themselves.</summary>
/// <param name="What">What is behind it, one sentence.</param>
public sealed record Door(string Address, string Name, string What);
