namespace Bot.Chat;

/// <summary>The one door by which adapters bring what they heard; the <c>Router</c> stands behind it.</summary>
public delegate Task<Reply> HandleInbound(InboundEvent inbound, CancellationToken ct);
