using System.Text.Json.Nodes;

namespace Bot.Slack.Blocks;

/// <summary>A card as Slack takes it.</summary>
/// <param name="Text">The full content in words: what screen readers read and notifications show.</param>
public sealed record SlackMessage(string Text, JsonArray Blocks);
