using Bot.Teams.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bot.Teams;

/// <summary>Where the Bot Connector posts to. Who is verified is never counted: anybody can have the connector post to us for a bot of their own.</summary>
public static class MapTeamsExtensions
{
    public static void MapTeams(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/messages", (HttpContext call, ReceiveTeams receive) => receive.HandleAsync(call)).DisableAntiforgery().DisableRateLimiting();
}
