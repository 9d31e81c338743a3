namespace Bot.Teams.Connector;

/// <summary>A conversation and where the connector is that serves it.</summary>
/// <param name="ConversationId">As given, with a thread's suffix where it is one.</param>
public sealed record Place(string TenantId, Uri ServiceUrl, string ConversationId);
