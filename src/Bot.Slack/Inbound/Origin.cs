using Bot.Chat;
using Bot.Slack.Install;

namespace Bot.Slack.Inbound;

/// <summary>Where in Slack somebody did something.</summary>
internal enum Surface
{
    /// <summary>A slash command: the answer can go into the acknowledgement.</summary>
    Command,

    /// <summary>Words in the direct chat, or with the bot mentioned.</summary>
    Words,

    /// <summary>A card in a conversation.</summary>
    Message,
    Home,
    Modal,

    /// <summary>A shortcut has no conversation.</summary>
    Shortcut,
}

/// <summary>Whom an answer goes to, and by which ways.</summary>
/// <param name="In">Null where it belongs to no conversation.</param>
/// <param name="Thread">The root of the thread it was said in.</param>
/// <param name="On">The message that was pressed; null for one only the asker sees, which cannot be named.</param>
/// <param name="ResponseUrl">Takes five messages within thirty minutes.</param>
/// <param name="TriggerId">Opens one modal within three seconds.</param>
internal sealed record Origin(
    WorkspaceRef Workspace, Installed Installed, ChatPerson By, Surface Surface, Conversation? In, string? Thread = null, MessageRef? On = null, Uri? ResponseUrl = null, string? TriggerId = null);
