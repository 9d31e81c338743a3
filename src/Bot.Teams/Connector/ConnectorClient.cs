using System.Text.Json.Nodes;
using Bot.Teams.Addresses;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Bot.Teams.Connector;

/// <summary>The Bot Connector's REST interface: what is used of it here, at the rates that it allows.</summary>
/// <remarks>
/// An activity has no key that makes a second POST harmless. Where the gateway gave up waiting, or the line broke, a POST is not repeated on the
/// spot; an edit, or the opening of a personal chat, which gives the same chat every time, is.
/// </remarks>
public sealed partial class ConnectorClient(ConnectorCall call, TeamsOptions options, Turns turns, TimeProvider clock, ILogger<ConnectorClient> log)
{
    private const int PageSize = 500;
    private const int Retries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private readonly ResiliencePipeline<ConnectorResult> _once = Retrying(result => IsShort(result), clock);
    private readonly ResiliencePipeline<ConnectorResult> _repeatable = Retrying(result => IsShort(result) || result is ConnectorResult.Unclear { IsSlow: false }, clock);

    /// <inheritdoc cref="SendAsync(Place, ActivityJson, CancellationToken)"/>
    public Task<ConnectorResult> SendAsync(Place to, JsonObject activity, CancellationToken ct) => SendAsync(to, new ActivityJson(activity), ct);

    /// <summary>Posts an activity; a thread is told by the conversation's id.</summary>
    public Task<ConnectorResult> SendAsync(Place to, ActivityJson activity, CancellationToken ct) =>
        AskAsync(Traffic.Saying, to, HttpMethod.Post, Activities(to), activity, _once, ct);

    /// <summary>Posts an activity that its recipient alone sees, in a channel or group ("Targeted messages"); not in a personal chat.</summary>
    public Task<ConnectorResult> SendTargetedAsync(Place to, JsonObject activity, CancellationToken ct) =>
        AskAsync(Traffic.Saying, to, HttpMethod.Post, $"{Activities(to)}?isTargetedActivity=true", new ActivityJson(activity), _once, ct);

    /// <summary>Replaces an activity.</summary>
    public Task<ConnectorResult> UpdateAsync(Place at, string activityId, JsonObject activity, CancellationToken ct) =>
        AskAsync(Traffic.Saying, at, HttpMethod.Put, $"{Activities(at)}/{Uri.EscapeDataString(activityId)}", new ActivityJson(activity), _repeatable, ct);

    public Task<ConnectorResult> DeleteAsync(Place at, string activityId, CancellationToken ct) =>
        AskAsync(Traffic.Saying, at, HttpMethod.Delete, $"{Activities(at)}/{Uri.EscapeDataString(activityId)}", null, _repeatable, ct);

    /// <summary>Opens the personal chat with somebody, the same one every time. The answer's id is the chat's; nothing is said in it yet.</summary>
    public Task<ConnectorResult> CreatePersonalAsync(string tenantId, Uri serviceUrl, string botId, string userId, CancellationToken ct) => AskAsync(
        Traffic.Opening,
        new Place(tenantId, serviceUrl, userId),
        HttpMethod.Post,
        "v3/conversations",
        new ActivityJson(new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = botId },
            ["members"] = new JsonArray(new JsonObject { ["id"] = userId }),
            ["tenantId"] = tenantId,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenantId } },
        }),
        _repeatable,
        ct);

    /// <summary>Begins a thread in a channel. The answer has the thread's id, and as <c>activityId</c> its first message's.</summary>
    public Task<ConnectorResult> StartThreadAsync(Place channel, JsonObject activity, CancellationToken ct) => AskAsync(
        Traffic.Opening,
        channel,
        HttpMethod.Post,
        "v3/conversations",
        new ActivityJson(new JsonObject
        {
            ["isGroup"] = true,
            ["tenantId"] = channel.TenantId,
            ["channelData"] = new JsonObject
            {
                ["channel"] = new JsonObject { ["id"] = channel.ConversationId },
                ["tenant"] = new JsonObject { ["id"] = channel.TenantId },
            },
            ["activity"] = activity,
        }),
        _once,
        ct);

    /// <summary>One page of everybody in a conversation but the bot: <c>members</c> and, unless it is the last, <c>continuationToken</c>.</summary>
    public Task<ConnectorResult> MembersAsync(Place of, string? continuationToken, CancellationToken ct)
    {
        var next = continuationToken is null ? "" : $"&continuationToken={Uri.EscapeDataString(continuationToken)}";
        return AskAsync(Traffic.Reading, of, HttpMethod.Get, $"{Conversation(Threads.Root(of.ConversationId))}/pagedmembers?pageSize={PageSize}{next}", null, _repeatable, ct);
    }

    /// <param name="of">A conversation that they are in.</param>
    /// <param name="memberId">As the bot or as the tenant knows them, or their principal name.</param>
    /// <param name="ct">Ends the request.</param>
    public Task<ConnectorResult> MemberAsync(Place of, string memberId, CancellationToken ct) => AskAsync(
        Traffic.Reading, of, HttpMethod.Get, $"{Conversation(Threads.Root(of.ConversationId))}/members/{Uri.EscapeDataString(memberId)}", null, _repeatable, ct);

    private static string Conversation(string id) => $"v3/conversations/{Uri.EscapeDataString(id)}";

    private static string Activities(Place at) => $"{Conversation(at.ConversationId)}/activities";

    private async Task<ConnectorResult> AskAsync(
        Traffic traffic, Place place, HttpMethod method, string path, ActivityJson? body, ResiliencePipeline<ConnectorResult> retrying, CancellationToken ct)
    {
        if (!options.AllowsService(place.ServiceUrl))
        {
            LogForeignHost(place.ServiceUrl.Host, place.TenantId);
            return new ConnectorResult.NotNow(null, "a service address that is not allowed");
        }

        if (body?.Fits == false)
        {
            return new ConnectorResult.Refused(413, "MessageSizeTooBig");
        }

        var address = new Uri($"{place.ServiceUrl.AbsoluteUri.TrimEnd('/')}/{path}");
        using var turn = await turns.EnterAsync(traffic, place.TenantId, Threads.Root(place.ConversationId), ct);
        return await retrying.ExecuteAsync(
            async token =>
            {
                if (await turn.WaitAsync(token) is { } wait)
                {
                    return new ConnectorResult.NotNow(wait, "more than the conversation's rate");
                }

                var result = await call.SendAsync(method, address, body, token);
                turn.Ended();
                if (result is ConnectorResult.NotNow { After: { } after })
                {
                    turn.Throttled(after);
                }

                return result;
            },
            ct);
    }

    private static bool IsShort(ConnectorResult result) => result is ConnectorResult.NotNow notNow && (notNow.After ?? TimeSpan.Zero) <= Turn.LongestStay;

    private static ResiliencePipeline<ConnectorResult> Retrying(Func<ConnectorResult, bool> again, TimeProvider clock) =>
        new ResiliencePipelineBuilder<ConnectorResult> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<ConnectorResult>
            {
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is { } result && again(result)),
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = Turn.LongestStay,
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Result as ConnectorResult.NotNow)?.After),
            })
            .Build();

    [LoggerMessage(Level = LogLevel.Error, Message = "Refused to speak to {Host} for tenant {TenantId}: it is not among Microsoft's hosts. If it is yours, add it to Teams__AllowedServiceHosts")]
    private partial void LogForeignHost(string host, string tenantId);
}
