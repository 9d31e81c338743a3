using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Blocks;
using Bot.Slack.Install;
using Microsoft.Extensions.Logging;

namespace Bot.Slack;

/// <summary>Slack as a chat platform: posts, updates, members, people.</summary>
/// <remarks>
/// chat.postMessage has no key that makes a second call harmless: a message is doubled only if the process ends between Slack's answer and
/// the write-back of where the message is.
/// </remarks>
public sealed partial class SlackPlatform(SlackApi api, Installations installations, RenderBlocks render, SlackPeople people, CardBook cards, TimeProvider clock, ILogger<SlackPlatform> log) : IChatPlatform
{
    private const int PageSize = 200;
    private static readonly TimeSpan UntilInvited = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan UntilInstalled = TimeSpan.FromHours(1);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Team, string Channel), DateTimeOffset> _told = new();

    public static PlatformName PlatformName { get; } = new("slack");

    public PlatformName Name => PlatformName;

    public Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct)
    {
        var (channel, thread) = to switch
        {
            // A user's id opens the direct chat with the app; where it is, is in the answer.
            Destination.ToPerson person => (person.PersonId, null),
            Destination.ToConversation conversation => (conversation.Conversation.Id, conversation.Thread?.MessageId),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var arguments = Message(card, channel);
        arguments["unfurl_links"] = false;
        arguments["unfurl_media"] = false;
        if (thread is not null)
        {
            arguments["thread_ts"] = thread;
        }

        return SayAsync(workspace, SlackMethods.PostMessage, arguments, channel, ct);
    }

    public Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct)
    {
        var arguments = Message(card, message.ConversationId);
        arguments["ts"] = message.MessageId;
        return SayAsync(workspace, SlackMethods.Update, arguments, message.ConversationId, ct);
    }

    /// <exception cref="PlatformUnreachableException">They cannot be read now; the caller tries again.</exception>
    public async Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct)
    {
        var installed = await installations.OfTeamAsync(workspace.Id, ct) ?? throw new PlatformUnreachableException("the app is not installed");
        var found = new List<ChatPerson>();
        string? cursor = null;
        do
        {
            var arguments = new JsonObject { ["channel"] = conversation.Id, ["limit"] = PageSize };
            if (cursor is not null)
            {
                arguments["cursor"] = cursor;
            }

            var body = await AskAsync(SlackMethods.ConversationMembers, installed, workspace.Id, arguments, ct);
            foreach (var id in (body["members"] as JsonArray ?? []).Select(member => (string)member!).Where(id => id != installed.BotUserId))
            {
                if (await people.FindAsync(installed, workspace.Id, id, ct) is { } person)
                {
                    found.Add(person);
                }
            }

            cursor = (string?)body["response_metadata"]?["next_cursor"];
        }
        while (!string.IsNullOrEmpty(cursor));
        return found;
    }

    /// <exception cref="PlatformUnreachableException">It cannot be read now; the caller tries again.</exception>
    public async Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct) =>
        await installations.OfTeamAsync(workspace.Id, ct) is { } installed
            ? await people.FindAsync(installed, workspace.Id, personId, ct)
            : throw new PlatformUnreachableException("the app is not installed");

    private JsonObject Message(Card card, string channel)
    {
        var message = render.Message(card);
        return new JsonObject { ["channel"] = channel, ["text"] = message.Text, ["blocks"] = message.Blocks };
    }

    private async Task<JsonObject> AskAsync(SlackMethod method, Installed installed, string team, JsonObject arguments, CancellationToken ct) =>
        await api.CallAsync(method, installed.Token, team, arguments, ct) switch
        {
            SlackResult.Ok ok => ok.Body,
            SlackResult.Failed failed => throw new PlatformUnreachableException($"{method}: {failed.Error}"),
            SlackResult.Wait wait => throw new PlatformUnreachableException($"{method}: to be asked again in {wait.After.TotalSeconds:0} s"),
            SlackResult.Unreachable lost => throw new PlatformUnreachableException($"{method}: {lost.Why}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<PostOutcome> SayAsync(WorkspaceRef workspace, SlackMethod method, JsonObject arguments, string channel, CancellationToken ct)
    {
        if (await installations.OfTeamAsync(workspace.Id, ct) is not { } installed)
        {
            return new PostOutcome.Later(UntilInstalled, "the app is not installed");
        }

        switch (await api.CallAsync(method, installed.Token, workspace.Id, arguments, ct))
        {
            case SlackResult.Ok ok:
                return new PostOutcome.Posted(new MessageRef((string?)ok.Body["channel"] ?? channel, (string)ok.Body["ts"]!));
            case SlackResult.Wait wait:
                return new PostOutcome.Later(wait.After, "ratelimited");
            case SlackResult.Unreachable lost:
                return new PostOutcome.Later(null, lost.Why);
            case SlackResult.Failed failed:
                var outcome = SlackErrors.Outcome(failed);
                if (SlackErrors.IsTokenGone(failed.Error))
                {
                    await installations.StopAsync(workspace.Id, failed.Error, ct);
                    return new PostOutcome.Later(UntilInstalled, failed.Error);
                }

                if (failed.Error == "not_in_channel")
                {
                    await TellInstallerAsync(workspace, installed, channel, ct);
                    return new PostOutcome.Later(UntilInvited, failed.Error);
                }

                return outcome;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Once a day for each channel: whoever installed the app can invite it, and until then what it has to say waits.</summary>
    private async Task TellInstallerAsync(WorkspaceRef workspace, Installed installed, string channel, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var last = _told.GetOrAdd((workspace.Id, channel), DateTimeOffset.MinValue);
        if (installed.InstallerId is not { } installer || now - last < TimeSpan.FromDays(1) || !_told.TryUpdate((workspace.Id, channel), now, last))
        {
            return;
        }

        var message = render.Message(cards.Fill(new Notice("I have something to post in a channel that I am not in. Invite me there (/invite, then my name); until then it waits, for two days at most.")));
        // The channel stands beside the notice, as Slack's own link to it.
        message.Blocks.Add(new JsonObject
        {
            ["type"] = "rich_text",
            ["elements"] = new JsonArray(new JsonObject
            {
                ["type"] = "rich_text_section",
                ["elements"] = new JsonArray(new JsonObject { ["type"] = "channel", ["channel_id"] = channel }),
            }),
        });
        await api.CallAsync(
            SlackMethods.PostMessage, installed.Token, workspace.Id, new JsonObject { ["channel"] = installer, ["text"] = message.Text, ["blocks"] = message.Blocks }, ct);
        LogToldInstaller(workspace.Id, channel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bot is not in channel {Channel} of workspace {Workspace}; the installer was told")]
    private partial void LogToldInstaller(string workspace, string channel);
}
