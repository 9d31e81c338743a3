using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bot.Chat;

/// <summary>A key of our own: a UUID v7 in a type of its own, so that ids cannot be mixed up.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>Makes and reads ids.</summary>
public static class Id
{
    private static readonly Lock Gate = new();
    private static long s_lastTick;

    /// <summary>A new id, greater than every earlier one of this process: rows sort in the order in which they were made.</summary>
    public static TId New<TId>(TimeProvider clock)
        where TId : struct, IId<TId>
    {
        // RFC 9562, method 1: the 12 bits after the milliseconds count within the millisecond; an overflow borrows from the next one.
        long tick;
        lock (Gate)
        {
            tick = s_lastTick = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds() << 12, s_lastTick + 1);
        }

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (tick >> 12 << 16) | 0x7000 | (tick & 0xFFF));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return TId.From(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Reads an id that came from outside; null when it is none.</summary>
    public static TId? Parse<TId>(string? text)
        where TId : struct, IId<TId> => Guid.TryParse(text, out var value) ? TId.From(value) : null;
}

public readonly record struct WorkspaceId(Guid Value) : IId<WorkspaceId>
{
    public static WorkspaceId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}

public readonly record struct ChannelId(Guid Value) : IId<ChannelId>
{
    public static ChannelId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("N");
}
