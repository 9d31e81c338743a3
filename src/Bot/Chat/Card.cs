using System.Text.Json.Nodes;

namespace Bot.Chat;

/// <summary>One card, filled: an Adaptive Card 1.5 and the same content as plain text for notifications and screen readers.</summary>
/// <param name="Name">The template it came from.</param>
public sealed record Card(string Name, JsonObject Content, string Text);

/// <summary>A card with inputs. Its one submit action has the form's name as its verb; inputs occur in forms only.</summary>
/// <param name="Title">At most 24 characters, the narrowest dialog title of the platforms.</param>
public sealed record Form(ActionRef Ref, string Title, Card Card);
