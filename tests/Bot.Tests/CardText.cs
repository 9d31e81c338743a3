using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Tests;

/// <summary>What a card shows, as plain text in reading order.</summary>
internal static class CardText
{
    private static readonly string[] Shown = ["text", "title", "value", "label", "placeholder", "inlines", "items", "columns", "facts", "rows", "cells", "body", "choices", "actions"];

    public static string Of(Card card)
    {
        var text = new StringBuilder();
        Read(card.Content, text);
        return text.ToString();
    }

    private static void Read(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject element:
                foreach (var property in Shown)
                {
                    Read(element[property], text);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Read(item, text);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var words):
                text.AppendLine(Unescaped(words));
                break;
        }
    }

    /// <summary>Markdown's backslashes are not shown.</summary>
    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' && i + 1 < text.Length && char.IsPunctuation(text[i + 1]) ? text[++i] : text[i]);
        }

        return plain.ToString();
    }
}
