using System.Text.Json.Nodes;

namespace Bot.Slack.Blocks;

/// <summary>A card as Slack takes it.</summary>
/// <param name="Text">The full content in words: what screen readers read and notifications show.</param>
public sealed record SlackMessage(string Text, JsonArray Blocks)
{
    /// <summary>As the arguments of chat.postMessage. Its links are not shown in full: a signed one would be fetched.</summary>
    public JsonObject To(string channel) => new() { ["channel"] = channel, ["text"] = Text, ["blocks"] = Blocks, ["unfurl_links"] = false, ["unfurl_media"] = false };
}
