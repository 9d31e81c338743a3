using System.Diagnostics;
using System.Net;
using System.Text;
using Bot.Chat;
using Bot.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Teams.Inbound;

/// <summary>
/// What the Bot Connector posts to us. Nothing is parsed before its token is found good; then the token is held against what the activity says of
/// itself, and only tenants and addresses that the operator allows get any further.
/// </summary>
internal sealed partial class ReceiveTeams(CheckToken check, TakeActivity take, Admission admission, FollowUps follow, TeamsOptions options, Measures measures, ILogger<ReceiveTeams> log)
{
    public const int LongestBody = 256 * 1024;
    private const string Channel = "msteams";

    public async Task<IResult> HandleAsync(HttpContext call)
    {
        var (since, ct) = (Stopwatch.GetTimestamp(), call.RequestAborted);
        TokenCheck.Genuine? token = null;
        if (!IsLetIn(call))
        {
            switch (await check.CheckAsync(call.Request.Headers.Authorization.ToString(), ct))
            {
                case TokenCheck.Genuine genuine:
                    token = genuine;
                    break;
                case TokenCheck.NotNow:
                    return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
                default:
                    return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
            }
        }

        if (await BodyAsync(call.Request, ct) is not { } body)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (TeamsJson.Parse(body) is not { } json || Activity.Read(json) is not { } activity)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (activity.ChannelId != Channel || token?.VouchesFor(activity.ChannelId, activity.SpokenServiceUrl) == false)
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (!options.AllowedTenants.Contains(activity.TenantId) || !options.AllowsService(activity.ServiceUrl))
        {
            LogNotAllowed(activity.TenantId, activity.ServiceUrl.Host);
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        using var turn = await admission.EnterAsync();
        if (turn is null)
        {
            LogTooMuch(TakeActivity.Kind(activity));
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var answer = await take.TakeAsync(activity, ct);
        call.Response.OnCompleted(() =>
        {
            measures.Acknowledged(TeamsPlatform.PlatformName, TakeActivity.Kind(activity), since);
            if (answer.Then is { } then)
            {
                follow.Begin(then);
            }

            return Task.CompletedTask;
        });

        return answer.Body is { } said ? TypedResults.Text(said.ToJsonString(), "application/json", Encoding.UTF8, answer.Status) : TypedResults.StatusCode(answer.Status);
    }

    /// <summary>The Agents Playground on this machine, which has no token to send; never what a tunnel or proxy on this machine brings from elsewhere.</summary>
    private bool IsLetIn(HttpContext call) =>
        options.AllowUnauthenticatedOnLoopback
        && call.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && (call.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]")
        && !call.Request.Headers.Keys.Any(name => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
        && call.Request.Headers.Authorization.Count == 0;

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LongestBody)
        {
            return null;
        }

        var body = new byte[(request.ContentLength ?? LongestBody) + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        return length > LongestBody ? default(ReadOnlyMemory<byte>?) : body.AsMemory(0, length);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Kind} was not begun: there is more to do than this host can")]
    private partial void LogTooMuch(string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused an activity of tenant {TenantId} that is to be answered at {Host}: see Teams__AllowedTenants and Teams__AllowedServiceHosts")]
    private partial void LogNotAllowed(string tenantId, string host);
}
