using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;
using Bot.Slack.Api;

namespace Bot.Slack.Inbound;

/// <summary>Commands work in channels the bot is not in, and posts do not: whoever types one there is told, once an hour.</summary>
internal sealed class CheckMembership(SlackApi api, CardBook cards, TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(string Team, string Channel), DateTimeOffset> _looked = new();

    public async Task TellAsync(Origin origin, AnswerReply answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (origin.In is not { Kind: ConversationKind.Channel } place || (_looked.TryGetValue((origin.Workspace.Id, place.Id), out var at) && now - at < Fresh))
        {
            return;
        }

        if (_looked.Count >= Most)
        {
            _looked.Clear();
        }

        _looked[(origin.Workspace.Id, place.Id)] = now;
        var isIn = await api.CallAsync(SlackMethods.ConversationInfo, origin.Installed.Token, origin.Workspace.Id, new JsonObject { ["channel"] = place.Id }, ct) switch
        {
            SlackResult.Ok ok => ok.Body.IsOn("channel", "is_member"),
            SlackResult.Failed { Error: "channel_not_found" } => false,
            // Not known: then nothing is said.
            _ => true,
        };
        if (!isIn)
        {
            await answer.WhisperAsync(cards.Fill(new Notice("I am not in this channel yet, so I can answer you here but not post to everybody. Type `/invite @afterpilot` first.")), origin, ct);
        }
    }
}
