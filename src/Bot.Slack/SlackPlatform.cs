using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using Bot.Slack.Api;
using Bot.Slack.Blocks;
using Bot.Slack.Inbound;
using Bot.Slack.Install;
using Microsoft.Extensions.Logging;

namespace Bot.Slack;

/// <summary>Slack as a chat platform: posts, updates, members, people.</summary>
/// <remarks>
/// chat.postMessage has no key that makes a second call harmless. A message is doubled if the process ends between Slack's answer and the
/// write-back of where the message is, or if Slack took it and its answer was lost or did not come within ten seconds.
/// </remarks>
public sealed partial class SlackPlatform(SlackApi api, Installations installations, RenderBlocks render, SlackPeople people, CardBook cards, TellOnce once, ILogger<SlackPlatform> log) : IChatPlatform
{
    private const int PageSize = 200;
    private static readonly TimeSpan UntilInvited = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan UntilInstalled = TimeSpan.FromHours(1);

    public static PlatformName PlatformName { get; } = new("slack");

    public PlatformName Name => PlatformName;

    public string EmailNeeds => $"The app needs the optional scope {Scope.Email}: add it in the app's settings under OAuth & Permissions, and install the app again.";

    public Task<PostOutcome> PostAsync(WorkspaceRef workspace, Destination to, Card card, string key, CancellationToken ct)
    {
        var (channel, thread) = to switch
        {
            // A user's id opens the direct chat with the app; where it is, is in the answer.
            Destination.ToPerson person => (person.PersonId, null),
            Destination.ToConversation conversation => (conversation.Conversation.Id, conversation.Thread?.MessageId),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var arguments = render.Message(card).To(channel);
        if (thread is not null)
        {
            arguments["thread_ts"] = thread;
        }

        return SayAsync(workspace, SlackMethods.PostMessage, arguments, channel, ct);
    }

    public Task<PostOutcome> UpdateAsync(WorkspaceRef workspace, MessageRef message, Card card, CancellationToken ct)
    {
        var said = render.Message(card);
        var arguments = new JsonObject { ["channel"] = message.ConversationId, ["ts"] = message.MessageId, ["text"] = said.Text, ["blocks"] = said.Blocks };
        return SayAsync(workspace, SlackMethods.Update, arguments, message.ConversationId, ct);
    }

    /// <exception cref="PlatformUnreachableException">They cannot be read now; the caller tries again.</exception>
    public async Task<IReadOnlyList<ChatPerson>> MembersAsync(WorkspaceRef workspace, Conversation conversation, CancellationToken ct)
    {
        var installed = await installations.OfTeamAsync(workspace.Id, ct) ?? throw new PlatformUnreachableException("the app is not installed");
        var ids = new List<string>();
        await foreach (var page in api.PagesAsync(SlackMethods.ConversationMembers, installed.Token, workspace.Id, new JsonObject { ["channel"] = conversation.Id, ["limit"] = PageSize }, ct))
        {
            ids.AddRange((page.Array("members") ?? []).Select(member => member.Text()).OfType<string>().Where(id => id != installed.BotUserId));
        }

        return await people.FindAllAsync(installed, workspace.Id, ids, ct);
    }

    /// <exception cref="PlatformUnreachableException">It cannot be read now; the caller tries again.</exception>
    public async Task<ChatPerson?> PersonAsync(WorkspaceRef workspace, string personId, CancellationToken ct) =>
        await installations.OfTeamAsync(workspace.Id, ct) is { } installed
            ? await people.FindAsync(installed, workspace.Id, personId, ct)
            : throw new PlatformUnreachableException("the app is not installed");

    private async Task<PostOutcome> SayAsync(WorkspaceRef workspace, SlackMethod method, JsonObject arguments, string channel, CancellationToken ct)
    {
        try
        {
            return await installations.OfTeamAsync(workspace.Id, ct) is { } installed
                ? await SayAsync(installed, workspace, method, arguments, channel, ct)
                : new PostOutcome.Later(UntilInstalled, "the app is not installed");
        }
        catch (PlatformUnreachableException lost)
        {
            return new PostOutcome.Later(null, lost.Message);
        }
    }

    private async Task<PostOutcome> SayAsync(Installed installed, WorkspaceRef workspace, SlackMethod method, JsonObject arguments, string channel, CancellationToken ct)
    {
        switch (await api.CallAsync(method, installed.Token, workspace.Id, arguments, ct))
        {
            case SlackResult.Ok ok when ok.Body.Text("ts") is { } at:
                return new PostOutcome.Posted(new MessageRef(ok.Body.Text("channel") ?? channel, at));
            case SlackResult.Ok:
                return new PostOutcome.Refused("an answer without ts");
            case SlackResult.Wait wait:
                return new PostOutcome.Later(wait.After, "ratelimited", wait.ForAll);
            case SlackResult.Unreachable lost:
                return new PostOutcome.Later(null, lost.Why);
            case SlackResult.Failed { Error: "not_in_channel" } failed:
                await TellInstallerAsync(workspace, installed, channel, ct);
                return new PostOutcome.Later(UntilInvited, failed.Error);
            case SlackResult.Failed failed when SlackErrors.IsTokenGone(failed.Error):
                await installations.StopAsync(workspace.Id, installed.At, failed.Error, ct);
                // Another host may have installed it anew while this one still knew the old token.
                return new PostOutcome.Later(await installations.OfTeamAsync(workspace.Id, ct) is null ? UntilInstalled : null, failed.Error);
            case SlackResult.Failed failed:
                return SlackErrors.Outcome(failed);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Once a day for each channel: whoever installed the app can invite it, and until then what it has to say waits.</summary>
    private async Task TellInstallerAsync(WorkspaceRef workspace, Installed installed, string channel, CancellationToken ct)
    {
        if (!await once.IsFirstTodayAsync(workspace.Id, channel, ct))
        {
            return;
        }

        LogNotInChannel(workspace.Id, channel);
        if (installed.InstallerId is not { } installer)
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
        await api.CallAsync(SlackMethods.PostMessage, installed.Token, workspace.Id, message.To(installer), ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bot is not in channel {Channel} of workspace {Workspace}; whoever installed it is told to invite it")]
    private partial void LogNotInChannel(string workspace, string channel);
}
