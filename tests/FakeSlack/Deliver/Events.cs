using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Deliver;

/// <summary>The Events API: envelopes, and the retries of those that were not acknowledged.</summary>
internal sealed class Events(SlackWorld world, Courier courier)
{
    private readonly List<Waiting> _waiting = [];
    private readonly List<Task> _onTheirWay = [];

    /// <summary>When an event is sent again after the attempt before: almost at once, after a minute, after five.</summary>
    public IReadOnlyList<TimeSpan> RetryAfter { get; set; } = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>Null where the app is not subscribed to it, or not installed.</summary>
    /// <param name="name">As the app's settings call it.</param>
    public async Task<Delivery?> SendAsync(string name, Workspace workspace, JsonObject what, Installation? installation = null)
    {
        if (Envelope(name, workspace, what, installation ?? world.InstalledIn(workspace)) is not { } envelope)
        {
            return null;
        }

        return await AttemptAsync(envelope, 0, null);
    }

    /// <summary>Sends what is due again by now; nothing is sent again by itself.</summary>
    public async Task<IReadOnlyList<Delivery>> RetryDueAsync()
    {
        List<Waiting> due;
        lock (_waiting)
        {
            due = _waiting.FindAll(waiting => waiting.At <= world.Now);
            _waiting.RemoveAll(due.Contains);
        }

        var sent = new List<Delivery>();
        foreach (var waiting in due)
        {
            sent.Add(await AttemptAsync(waiting.Envelope, waiting.Number, waiting.Reason));
        }

        return sent;
    }

    /// <summary>A message in a direct chat with the app, the bot's own ones included. It goes on its way beside what caused it.</summary>
    public void Said(Message message)
    {
        var workspace = message.Channel.Workspace;
        var what = message.Show(workspace.Id, world.App.Id);
        what["channel"] = message.Channel.Id;
        what["channel_type"] = message.Channel.TypeInEvents;
        lock (_onTheirWay)
        {
            _onTheirWay.RemoveAll(task => task.IsCompleted);
            _onTheirWay.Add(Task.Run(() => SendAsync("message.im", workspace, what)));
        }
    }

    /// <summary>Until everything that goes beside has arrived.</summary>
    public Task ArrivedAsync()
    {
        lock (_onTheirWay)
        {
            return Task.WhenAll([.. _onTheirWay]);
        }
    }

    private JsonObject? Envelope(string name, Workspace workspace, JsonObject what, Installation? installation)
    {
        lock (world.Gate)
        {
            if (installation is null || !world.App.Events.Contains(name))
            {
                return null;
            }

            var authorization = new JsonObject
            {
                ["enterprise_id"] = workspace.Enterprise?.Id,
                ["team_id"] = installation.IsOrgWide ? null : workspace.Id,
                ["user_id"] = installation.BotUserId,
                ["is_bot"] = true,
                ["is_enterprise_install"] = installation.IsOrgWide,
            };
            var context = $"4-{world.Ids.Secret()}";
            world.EventContexts[context] = [authorization];
            what["event_ts"] ??= world.Ids.Ts();
            var envelope = new JsonObject
            {
                ["token"] = "deprecated",
                ["team_id"] = workspace.Id,
                ["context_team_id"] = workspace.Id,
                ["context_enterprise_id"] = workspace.Enterprise?.Id,
                ["api_app_id"] = world.App.Id,
                ["event"] = what,
                ["type"] = "event_callback",
                ["event_id"] = world.Ids.Next("Ev"),
                ["event_time"] = world.Now.ToUnixTimeSeconds(),
                ["authorizations"] = new JsonArray(authorization.DeepClone()),
                ["is_ext_shared_channel"] = false,
                ["event_context"] = context,
            };
            if (workspace.Enterprise is not null)
            {
                envelope["enterprise_id"] = workspace.Enterprise.Id;
            }

            return envelope;
        }
    }

    private async Task<Delivery> AttemptAsync(JsonObject envelope, int number, string? reason)
    {
        var delivery = await courier.DeliverAsync(DeliveryKind.Event, envelope, number, reason);
        if (!delivery.IsAcknowledged && delivery.Ack is not Ack.Answered { ForbidsRetry: true } && number < RetryAfter.Count)
        {
            lock (_waiting)
            {
                _waiting.Add(new Waiting(envelope, number + 1, Reason(delivery.Ack), world.Now + RetryAfter[number]));
            }
        }

        return delivery;
    }

    private static string Reason(Ack ack) => ack switch
    {
        Ack.Late => "http_timeout",
        Ack.Unreachable => "connection_failed",
        Ack.Answered { Status: >= 300 and < 400 } => "too_many_redirects",
        _ => "http_error",
    };

    private sealed record Waiting(JsonObject Envelope, int Number, string Reason, DateTimeOffset At);
}
