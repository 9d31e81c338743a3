using Bot.Slack.Inbound;
using Bot.Slack.Install;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bot.Slack;

/// <summary>Where Slack posts to.</summary>
public static class MapSlackExtensions
{
    public static void MapSlack(this IEndpointRouteBuilder routes, SlackOptions options)
    {
        if (options is { SigningSecret: not null, AppToken: null })
        {
            // Each takes everything, so that an app with one address needs one. What is signed is never counted: anybody can have Slack post to us for an app of their own.
            foreach (var path in new[] { "/slack/events", "/slack/interactions", "/slack/commands" })
            {
                routes.MapPost(path, (HttpContext call, ReceiveSlack receive) => receive.HandleAsync(call)).DisableAntiforgery().DisableRateLimiting();
            }
        }

        if (options.ClientId is not null)
        {
            routes.MapInstall(options);
        }
    }
}
