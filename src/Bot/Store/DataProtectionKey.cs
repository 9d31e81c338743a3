using Bot.Chat;

namespace Bot.Store;

/// <summary>One element of the key ring that seals links and tokens, as ASP.NET Core Data Protection writes it. In the store, so that all machines share it.</summary>
public sealed class DataProtectionKey
{
    public required DataKeyId Id { get; init; }
    public required string Xml { get; init; }
}

public readonly record struct DataKeyId(Guid Value) : IId<DataKeyId>
{
    public static DataKeyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}
