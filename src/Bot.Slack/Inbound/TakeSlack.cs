using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Slack.Install;
using Bot.Store;
using Microsoft.Extensions.Logging;

namespace Bot.Slack.Inbound;

/// <summary>One thing Slack told us, verified, whichever way it came. Heard out for as long as Slack's three seconds allow; what takes longer goes on.</summary>
internal sealed partial class TakeSlack(
    TakeEvent events, TakeCommand commands, TakeAction actions, TakeView views, TakeAccess access, Installations installations, Admission admission, Deliveries deliveries, Meanwhile meanwhile,
    TimeProvider clock, ILogger<TakeSlack> log)
{
    /// <summary>Everything counts: who it is, whose it is, and what the product makes of it.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2.5);

    /// <param name="payload">An Events API envelope, an interaction, or a slash command's fields as one object.</param>
    public async Task<SlackAnswer> TakeAsync(JsonObject payload)
    {
        if (payload.Text("type") == "url_verification")
        {
            return new SlackAnswer(new JsonObject { ["challenge"] = payload.Text("challenge") });
        }

        var key = SlackDelivery.Of(payload)?.Value;
        var delivery = key is null ? new Delivery(() => InTurnAsync(payload)) : deliveries.Of(key, () => InTurnAsync(payload));
        delivery.Start(failed: () => { });
        try
        {
            var work = delivery.Work;
            if (!await IsInTimeAsync(work))
            {
                LogSlow(payload.Text("type") ?? "command");
                var standing = meanwhile.WhileItGoesOn(payload);
                return standing.IsTaken ? standing with { Then = delivery.Once(ct => FollowLateAsync(delivery, payload, work, ct)) } : standing with { Then = _ => work };
            }

            var answer = await work;
            var given = answer with { Then = delivery.Once(answer.Then) };
            if (answer.IsAskedAgain && key is not null)
            {
                deliveries.Forget(key, delivery);
            }
            else
            {
                delivery.Settle(answer);
            }

            return given;
        }
        catch (Exception away) when (IsAway(away))
        {
            LogAway(away, payload.Text("type") ?? "command");
            return meanwhile.AfterFailure(payload);
        }
    }

    private async Task<bool> IsInTimeAsync(Task work)
    {
        if (!work.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(Budget, clock, stop.Token));
            await stop.CancelAsync();
        }

        return work.IsCompleted;
    }

    private async Task FollowLateAsync(Delivery delivery, JsonObject payload, Task<SlackAnswer> work, CancellationToken ct)
    {
        try
        {
            var answer = await work;
            if (!answer.IsAskedAgain)
            {
                delivery.Settle(answer);
            }

            if (answer.Late is { } late)
            {
                await late(ct);
            }
        }
        catch (Exception away) when (IsAway(away))
        {
            LogAway(away, payload.Text("type") ?? "command");
            await meanwhile.SayFailedAsync(payload, ct);
        }
    }

    private async Task<SlackAnswer> InTurnAsync(JsonObject payload)
    {
        using var turn = await admission.EnterAsync();
        if (turn is null)
        {
            LogTooMuch(payload.Text("type") ?? "command");
            return meanwhile.AfterFailure(payload) with { IsAskedAgain = true };
        }

        return await WorkAsync(payload);
    }

    private async Task<SlackAnswer> WorkAsync(JsonObject payload)
    {
        // Whatever happens to the request: half of it done would be worse than all of it unheard.
        var ct = CancellationToken.None;
        var type = payload.Text("type");
        if (TakeAccess.IsAbout(payload))
        {
            return await access.TakeAsync(payload, ct);
        }

        if (Whose.Of(payload) is not { } whose)
        {
            return new SlackAnswer();
        }

        if (await installations.OfPayloadAsync(whose, ct) is not { } installed)
        {
            LogNotInstalled(whose.Team, type ?? "command");
            return type == "event_callback" ? await events.LastAsync(payload, whose, ct) : new SlackAnswer();
        }

        var workspace = new WorkspaceRef(SlackPlatform.PlatformName, whose.Team, payload.Text("team", "id") == whose.Team ? payload.Text("team", "domain") : payload.Text("team_domain"));
        return type switch
        {
            "event_callback" => await events.TakeAsync(payload, whose, workspace, installed, ct),
            "block_actions" => await actions.TakeAsync(payload, workspace, installed, ct),
            "shortcut" => await commands.TakeShortcutAsync(payload, workspace, installed, ct),
            "view_submission" => await views.SubmittedAsync(payload, workspace, installed, ct),
            "view_closed" => views.Closed(payload, workspace),
            null when payload.Text("command") is not null => await commands.TakeAsync(payload, workspace, installed, ct),
            _ => new SlackAnswer(),
        };
    }

    private static bool IsAway(Exception failed) => StoreAway.Is(failed) || failed is PlatformUnreachableException;

    [LoggerMessage(Level = LogLevel.Information, Message = "Ignored a {Type} of workspace {Workspace}: the app is not installed there")]
    private partial void LogNotInstalled(string workspace, string type);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Type} was acknowledged before it was done: it took longer than Slack waits")]
    private partial void LogSlow(string type);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Type} was not begun: there is more to do than this host can. Its sender is asked to try again")]
    private partial void LogTooMuch(string type);

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Type} was not done: the store or Slack could not be reached")]
    private partial void LogAway(Exception away, string type);
}
