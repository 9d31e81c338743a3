using System.Net;
using System.Net.Sockets;

namespace Bot.Web;

/// <summary>Whom requests are counted against where nobody has said who they are.</summary>
/// <param name="Name">An IPv4 address, or the first half of an IPv6 one: one household or host has a whole /64.</param>
public readonly record struct Source(string Name)
{
    private const int PrefixBytes = 8;

    /// <param name="address">The peer's, or the one that a trusted proxy says it speaks for; null where the connection has none.</param>
    public static Source Of(IPAddress? address) => new(address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes)),
        _ => address.ToString(),
    });
}
