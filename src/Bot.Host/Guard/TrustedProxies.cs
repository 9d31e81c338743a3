using System.Net;

namespace Bot.Host.Guard;

/// <summary>The proxies that are believed when they say for whom they ask, as <c>Proxy__Trusted</c> names them.</summary>
public static class TrustedProxies
{
    public const string Key = "Proxy:Trusted";

    public static IReadOnlyList<IPNetwork> Read(IConfiguration configuration, ICollection<string> refusals)
    {
        var trusted = new List<IPNetwork>();
        foreach (var named in (configuration[Key] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(named) is not { } network)
            {
                refusals.Add($"Proxy__Trusted names {named}, which is neither an address nor a network: set addresses, or networks like 10.0.0.0/8, with commas between.");
            }
            else if (network.PrefixLength == 0)
            {
                refusals.Add($"Proxy__Trusted={named} would believe everybody, and whoever is believed can be anybody: name the proxies alone.");
            }
            else
            {
                trusted.Add(network);
            }
        }

        return trusted;
    }

    private static IPNetwork? Parse(string named) =>
        IPAddress.TryParse(named, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(named, out var network) ? network
            : null;
}
